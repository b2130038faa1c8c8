import Testing

@testable import Intents

/// Bandwidths and emissions.
struct RateTests {
    @Test(arguments: [
        Accepted("10Gbps", 10_000_000_000_000, "10Gbps"), Accepted("500 Mbps", 500_000_000_000, "500Mbps"),
        Accepted("1 Tbit/s", 1_000_000_000_000_000, "1Tbps"), Accepted("2.5Gb/s", 2_500_000_000_000, "2.5Gbps"),
        Accepted("64kbps", 64_000_000, "64kbps"), Accepted("64Kbps", 64_000_000, "64kbps"),
        Accepted("300bps", 300_000, "300bps"), Accepted("1500Mbps", 1_500_000_000_000, "1.5Gbps"),
        Accepted("0bps", 0, "0bps"), Accepted("1234567bps", 1_234_567_000, "1234.567kbps"),
        Accepted("0.5bps", 500, "0.5bps"),
    ])
    func readsBandwidths(case accepted: Accepted) throws {
        let quantity = try Quantity(parsingBandwidth: accepted.text)
        #expect(quantity.thousandths == accepted.count)
        #expect(quantity.bandwidthText == accepted.written)
        #expect(try Quantity(parsingBandwidth: quantity.bandwidthText) == quantity)
    }

    @Test(arguments: [
        Refused("10GBps", "bytes, not bits"), Refused("10GB/s", "bytes, not bits"), Refused("10", "not a bandwidth"),
        Refused("10G", "not a bandwidth"), Refused("10Xbps", "not a bandwidth"), Refused("-1Gbps", "less than nothing"),
        Refused("", "not a bandwidth"), Refused("99999999Tbps", "too large"), Refused("10gbps", "not a bandwidth"),
    ])
    func refusesBandwidths(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsingBandwidth: text) }
    }

    @Test(arguments: [
        Accepted("50g CO2/h", 50_000, "50g CO2/h"), Accepted("0.5kg CO2/h", 500_000, "500g CO2/h"),
        Accepted("50gCO2/h", 50_000, "50g CO2/h"), Accepted("50 g CO2/hour", 50_000, "50g CO2/h"),
        Accepted("5mg CO2e/h", 5, "0.005g CO2/h"), Accepted("1t CO2/h", 1_000_000_000, "1000000g CO2/h"),
        Accepted("0g CO2/h", 0, "0g CO2/h"),
    ])
    func readsEmissions(case accepted: Accepted) throws {
        let quantity = try Quantity(parsingCarbon: accepted.text)
        #expect(quantity.thousandths == accepted.count)
        #expect(quantity.carbonText == accepted.written)
        #expect(try Quantity(parsingCarbon: quantity.carbonText) == quantity)
    }

    @Test(arguments: [
        Refused("50g", "not an emission"), Refused("50 CO2/h", "not an emission"),
        Refused("50g CO2", "not an emission"),
        Refused("50lb CO2/h", "not an emission"), Refused("-5g CO2/h", "less than nothing"),
        Refused("", "not an emission"),
        Refused("0.1mg CO2/h", "finer than a milligram"), Refused("99999999999t CO2/h", "too large"),
    ])
    func refusesEmissions(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsingCarbon: text) }
    }
}
