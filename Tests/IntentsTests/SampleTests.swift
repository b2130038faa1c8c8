import Documents
import Foundation
import Testing

@testable import Intents

/// The samples that people start from are whole, and are the reference's examples.
struct SampleTests {
    /// The samples by their names, as intents.
    private func samples() throws -> [String: Intent] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "manifests/samples")
        var samples: [String: Intent] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            guard DocumentFormat(fileName: file.lastPathComponent) != nil else { continue }
            let reading = IntentReader.read([UInt8](try Data(contentsOf: file)), file: file.lastPathComponent)
            #expect(reading.diagnostics.isEmpty)
            #expect(reading.intents.map(\.intent.name) == [file.deletingPathExtension().lastPathComponent])
            for read in reading.intents { samples[read.intent.name] = read.intent }
        }
        return samples
    }

    @Test func everySampleOfAFeatureIsWholeAndSaysWhatItIsFor() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "manifests/samples/features")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            let reading = IntentReader.read(bytes, file: file.lastPathComponent)
            #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
            #expect(reading.intents.map(\.intent.name) == [file.deletingPathExtension().lastPathComponent])
            #expect(bytes.first == UInt8(ascii: "#"), "\(file.lastPathComponent) begins with what it is for")
        }
    }

    /// Samples that no example of the reference stands behind.
    private static let ownSamples: Set = ["analyst-notebook", "team-notebooks"]

    @Test func everyExampleOfTheReferenceHasItsSample() throws {
        let samples = try samples()
        #expect(samples.count == ReferenceExamples.all.count + Self.ownSamples.count)
        #expect(Self.ownSamples.isSubset(of: samples.keys))
        for text in ReferenceExamples.all {
            let example = try #require(IntentReader.read(Array(text.utf8), file: "a.json").intents.first?.intent)
            let sample = try #require(samples[example.name])
            #expect(sample.spec.workload.resources == example.spec.workload.resources)
            #expect(sample.spec.workload.image == example.spec.workload.image)
            #expect(sample.spec.workload.commands == example.spec.workload.commands)
            #expect(sample.spec.workload.env == example.spec.workload.env)
            #expect(sample.spec.workload.scaling == example.spec.workload.scaling)
            #expect(sample.spec.workload.job == example.spec.workload.job)
            #expect(sample.spec.objective == example.spec.objective)
            #expect(sample.spec.sla == example.spec.sla)
            var constraints = sample.spec.constraints
            constraints.deadline = example.spec.constraints.deadline
            #expect(constraints == example.spec.constraints)
        }
    }

    @Test func noSampleIsOverdueAndNoneNamesAPlaceThatIsNotAnExample() throws {
        for sample in try samples().values {
            if let deadline = sample.spec.constraints.deadline { #expect(deadline.text >= "2030") }
            for domain in sample.spec.workload.ports.compactMap(\.domain) { #expect(domain.hasSuffix(".example.com")) }
        }
    }
}
