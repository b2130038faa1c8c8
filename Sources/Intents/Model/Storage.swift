/// Volumes (`workload.storage`).
package struct Storage: Hashable, Sendable {
    /// The volumes in the order of the file.
    package var volumes: [Volume] = []

    /// No volumes.
    package init() {}

    /// A volume (`volumes[]`).
    package struct Volume: Hashable, Sendable {
        /// Whether the data outlives the allocation.
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Outlives it.
            case persistent
            /// Goes with it.
            case temporary
        }

        /// Its name.
        package var name = ""
        /// Its size.
        package var size = Quantity(thousandths: 0)
        /// Whether the data outlives the allocation.
        package var kind = Kind.persistent
        /// Where the container sees it.
        package var path = ""
        /// Where its content comes from.
        package var source: Source?

        /// A volume that has still to be filled in.
        package init() {}
    }

    /// An object store that fills a volume (`source`).
    package struct Source: Hashable, Sendable {
        /// The kind of object store.
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Amazon S3 and its likes.
            case s3
            /// Google Cloud Storage.
            case gcs
            /// Azure Blob Storage.
            case azure
        }

        /// The kind of object store.
        package var kind = Kind.s3
        /// Where in it.
        package var uri = ""
        /// The name of the credentials on the platform, never their value.
        package var credentials = ""

        /// A source that has still to be filled in.
        package init() {}
    }
}
