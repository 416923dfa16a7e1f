"""What transports raise."""


class TransportError(Exception):
    pass


class TransportProtocolError(TransportError):
    """The server does not keep to the protocol."""


class TransportServerError(TransportError):
    """The server refuses."""


class TransportQueryError(TransportError):
    def __init__(self, message, errors=None, data=None):
        super().__init__(message)
        self.errors = errors
        self.data = data
