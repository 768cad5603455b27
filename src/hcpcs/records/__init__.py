"""What a code record is: its fields, their coded values and meanings, modifiers, units of measure, contacts."""
