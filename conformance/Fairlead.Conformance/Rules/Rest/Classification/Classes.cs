using System.Globalization;

namespace Fairlead.Conformance.Rules.Rest.Classification;

/// <summary>Reads classifications, <c>value:index</c> with or without a label.</summary>
internal static class Classes
{
    /// <summary>The text names this value and index, whatever digits the value is written with.</summary>
    public static Verdict Says(string? text, float value, int index) => Verdict.That(
        text?.Split(':') is [var number, var at, ..]
            && float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var found) && Math.Abs(found - value) < 1e-4
            && at == index.ToString(),
        $"the classification is '{text}' instead of '{value}:{index}'");
}
