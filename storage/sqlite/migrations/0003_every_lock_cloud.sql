-- What lock clouds can do beyond PINs and cards, what is known of the things at their side, and how it is kept right.

-- ---------------------------------------------------------------------------------------------------- access

-- ---------------------------------------------------------------------------------------------------- reconciliation

-- ---------------------------------------------------------------------------------------------------- polling and rates

-- ---------------------------------------------------------------------------------------------------- provisioning


-- Homes and rooms as a lock cloud was told of them; cloud_room_id is '' for the home itself. wanted: certainly not done.
-- sent: a call is under way, or was when the hub ended. doubtful: its answer was lost. present: the cloud took it.
CREATE TABLE provisioned_places (
    account TEXT NOT NULL,
    hotel_row INTEGER NOT NULL REFERENCES hotels (hotel_row),
    home_id TEXT NOT NULL,
    cloud_room_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'present', 'doubtful')),
    change TEXT NOT NULL CHECK (change IN ('add', 'change', 'remove')),
    message TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (account, hotel_row, cloud_room_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX provisioned_homes ON provisioned_places (account, home_id) WHERE cloud_room_id = '';
