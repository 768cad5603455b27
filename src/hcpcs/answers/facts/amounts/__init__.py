"""What Medicare pays: fee schedule amounts with their ceilings and floors, payment limits and hospital rates."""
