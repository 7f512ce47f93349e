"""May this be done with plans, reports and control? Facts in, a Refusal or nothing out."""
