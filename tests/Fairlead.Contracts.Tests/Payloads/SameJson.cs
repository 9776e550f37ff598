using System.Text.Json;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>Compares documents by what they say, not by their white space and the order of their members.</summary>
internal static class SameJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static void Assert(string expected, string actual, string hint)
    {
        using var left = JsonDocument.Parse(expected, Deep);
        using var right = JsonDocument.Parse(actual, Deep);
        if (!JsonElement.DeepEquals(left.RootElement, right.RootElement))
            Xunit.Assert.Fail($"{hint}\nexpected {expected}\nactual   {actual}");
    }
}
