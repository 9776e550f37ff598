namespace Fairlead.Doctor;

/// <param name="Subject">What was looked at.</param>
/// <param name="Fact">What was found.</param>
/// <param name="Cure">The command that mends it, or null.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Fact, string? Cure = null);
