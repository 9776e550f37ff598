namespace Fairlead.Replay.Verification;

/// <summary>An element of an output that came out otherwise.</summary>
/// <param name="Output">Its name in the signature.</param>
/// <param name="Element">Position in a list; null when the output is no list.</param>
/// <param name="Recorded">As text; numbers in the shortest form that reads back to the same bits.</param>
/// <param name="Replayed">Likewise.</param>
/// <param name="Ulps">For floating-point numbers how many representable numbers they are apart, at least 1; null for anything else.</param>
public sealed record OutputDifference(string Output, int? Element, string? Recorded, string? Replayed, long? Ulps);
