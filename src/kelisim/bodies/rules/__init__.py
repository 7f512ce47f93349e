"""Rules of the room: may this be done to bodies, mandates and the register."""
