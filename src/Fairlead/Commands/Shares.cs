using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>Shares of traffic as people write them: <c>10%</c>, <c>0.01%</c>.</summary>
internal static class Shares
{
    public const string Expected = "a number of percent such as '10%', with two decimals at most";

    public static Weight? TryParse(string? text)
    {
        if (text is null || !decimal.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            return null;
        var hundredths = percent * 100;
        return hundredths is >= 0 and <= Weight.Whole && decimal.IsInteger(hundredths) ? new Weight((int)hundredths) : null;
    }

    /// <summary>Reads <c>SERVER-GROUP=SHARE</c>, each group once.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static Dictionary<string, int> Parse(IEnumerable<string> assignments)
    {
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=');
            if (equals < 1 || TryParse(assignment[(equals + 1)..]) is not { } weight)
                throw FairleadException.Invalid($"'{assignment}' is not a share of a server group; expected SERVER-GROUP=SHARE, such as 'late-prod-v003=10%'.");
            if (!shares.TryAdd(assignment[..equals], weight.Hundredths))
                throw FairleadException.Invalid($"The server group '{assignment[..equals]}' is there twice; name it once.");
        }

        return shares;
    }
}
