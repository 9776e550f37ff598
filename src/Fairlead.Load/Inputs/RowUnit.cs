using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>For whom a row is asked, as the header of a request says it.</summary>
internal static class RowUnit
{
    private const int Longest = 256;

    /// <returns>Null when the row has none.</returns>
    /// <exception cref="FairleadException">Invalid: no header can carry it.</exception>
    public static string? Of(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
        return text is null || (text.Length <= Longest && text.All(character => character is >= ' ' and <= '~'))
            ? text
            : throw FairleadException.Invalid($"The unit '{text}' is none that a header can carry; choose a column of at most {Longest} printable ASCII characters.");
    }
}
