namespace Fairlead.Predictions.Outcomes;

/// <summary>What became of outcomes that were posted.</summary>
/// <param name="Recorded">On the disk now.</param>
/// <param name="Erased">Of predictions that were erased: nothing of them is kept.</param>
public readonly record struct OutcomeReceipt(int Recorded, int Erased);
