@testable import Wire

/// A certificate for 127.0.0.1 that signs itself, made for these tests and valid for a hundred years.
enum LoopbackIdentity {
    /// The certificate, which is its own authority.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBjTCCATSgAwIBAgIUbLlFYoWFPIBQNmTDGbDecAdye10wCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIbG9vcGJhY2swIBcNMjYxMTIxMDQ0NjM1WhgPMjEyNjEwMjgw
        NDQ2MzVaMBMxETAPBgNVBAMMCGxvb3BiYWNrMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEQs1fKDimpMxRIhUKFYn0br85TWUTMvFeM21O3N/EooscuQ+PKVtHyO3Y
        OJTdjG4BG5JmGhx9mHaXa60dTv6HpqNkMGIwHQYDVR0OBBYEFEivv2lSso7xCf0j
        BEx5Rs9T64NBMB8GA1UdIwQYMBaAFEivv2lSso7xCf0jBEx5Rs9T64NBMA8GA1Ud
        EwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNHADBEAiAE
        Q16trrxZZm0E23U0MPNejji5VOJBSEfdvfeLXvzfRAIgRR/nD2WSpMK25jfGUn9K
        WS2SUoJ4CY+LoPcyAljKcLw=
        -----END CERTIFICATE-----
        """

    /// Its key, known to everybody who reads this.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP0iLiBHQdTZ5qPue
        VeJUvnrEBemRP1Crm+rlA/L9XS2hRANCAARCzV8oOKakzFEiFQoVifRuvzlNZRMy
        8V4zbU7c38Siixy5D48pW0fI7dg4lN2MbgEbkmYaHH2YdpdrrR1O/oem
        -----END PRIVATE KEY-----
        """

    static var identity: HTTPServer.Identity { HTTPServer.Identity(certificate: certificate + "\n", key: key + "\n") }
}
