"""``python -m hcpcs_bot`` is ``hcpcs``."""

from hcpcs_bot.cli import main

if __name__ == "__main__":
    main()
