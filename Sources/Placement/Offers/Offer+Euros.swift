package import Intents

extension Offer {
    /// Takes what nobody states of the GPU from an offer of the same kind.
    mutating func takeMissing(from pattern: Offer) {
        model = pattern.model
        variant = pattern.variant ?? variant
        gpuMemory = gpuMemory ?? pattern.gpuMemory
        computeCapability = computeCapability ?? pattern.computeCapability
        architecture = architecture ?? pattern.architecture
        tier = tier ?? pattern.tier
        interconnect = interconnect ?? pattern.interconnect
        fp32Tflops = fp32Tflops ?? pattern.fp32Tflops
        cores = cores ?? pattern.cores
        clockSpeed = clockSpeed ?? pattern.clockSpeed
        multiInstance = multiInstance ?? pattern.multiInstance
        watts = watts ?? pattern.watts
    }

    /// The offer with its prices in euros, each rounded up to the next millionth; nil without a rate for its currency.
    package func inEuros(_ rates: [String: Money]) -> Offer? {
        guard currency != "EUR" else { return self }
        guard let rate = rates[currency] else { return nil }
        var offer = self
        offer.currency = "EUR"
        offer.hourlyPerGPU = hourlyPerGPU.map { $0.exchanged(at: rate) }
        offer.machine?.hourly = machine?.hourly?.exchanged(at: rate)
        return offer
    }
}

extension Money {
    /// This many millionths of another currency, of which one unit is worth `rate`, rounded up; saturating.
    package func exchanged(at rate: Money) -> Money {
        let (high, low) = micros.multipliedFullWidth(by: rate.micros)
        let million: Int64 = 1_000_000
        guard high < million / 2, high > -million / 2 else { return Money(micros: micros < 0 ? .min : .max) }
        let (quotient, remainder) = million.dividingFullWidth((high, low))
        return Money(micros: remainder > 0 ? quotient + 1 : quotient)
    }
}
