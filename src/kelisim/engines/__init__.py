"""Pure science: functions of arrays; no Django, no clock, no dice, no disk."""
