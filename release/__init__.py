"""What makes a release from the checkout: hashes, list of parts, licences, .deb, pictures. Not part of the program."""
