"""Rules of the room: may this be done at this meeting, by these people, in this state."""
