"""May this be done to a charter? Facts in, a Refusal or nothing out."""
