using Fairlead.Load.Measuring;

namespace Fairlead.Load.Pacing;

/// <summary>What a session came to.</summary>
/// <param name="Duration">How long the profile was followed, without the warm-up.</param>
/// <param name="SucceededInTime">Answers without error before the end of the duration.</param>
internal sealed record SendingEnd(LoadCounts Counts, TimeSpan Duration, long SucceededInTime, bool IsCancelled);
