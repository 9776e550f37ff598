namespace Fairlead.Load.Judging;

/// <summary>Whether a check holds.</summary>
/// <param name="Check">As it was written.</param>
/// <param name="Value">What was measured, in seconds, per second, as a share or a count; null when there was nothing to measure.</param>
/// <param name="Message">One sentence that says what was measured and what was asked.</param>
public sealed record CheckVerdict(string Check, double? Value, bool Passed, string Message);
