using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Sweeps.Spaces;

/// <summary>
/// Reads what a parameter may be: <c>8,16,32</c> (these values), <c>0.1..0.5</c> (any number between), <c>log:1e-4..1</c> (each power of ten as often as
/// another), <c>int:4..64</c> (whole numbers), <c>int:log:4..512</c>.
/// </summary>
internal static class RangeText
{
    private const string Dots = "..";
    private const string LogPrefix = "log:";
    private const string IntegerPrefix = "int:";
    private const int MostChoices = 1000;

    /// <summary>Beyond it not every whole number is a double.</summary>
    private const double LargestInteger = 9_007_199_254_740_992;

    /// <param name="label">The parameter as people name it.</param>
    /// <param name="present">The parameter's value in the project file, whose type those of a list have.</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static ParameterDomain Parse(string label, string text, JsonElement present)
    {
        var (isLog, isInteger, rest) = Prefixes(text);
        var at = rest.IndexOf(Dots, StringComparison.Ordinal);
        // A text such as '../data' is a value.
        if (!isLog && !isInteger && (at <= 0 || !IsNumber(rest[..at])))
            return ChoicesOf(label, text, present);
        if (at < 0 || !TryNumber(rest[..at], out var low) || !TryNumber(rest[(at + Dots.Length)..], out var high))
            throw Refused(label, text, "is no range", "write it as LOW..HIGH, such as 'log:1e-4..1' or 'int:4..64'");
        if (present.ValueKind is not JsonValueKind.Number)
            throw Refused(label, text, $"is a range of numbers, and the project file has {present.GetRawText()}", "list the values, such as 'a,b'");
        if (low >= high)
            throw Refused(label, text, low > high ? "goes downwards" : "has one value only", low > high ? $"write it as '{Prefix(isInteger, isLog)}{rest[(at + Dots.Length)..]}{Dots}{rest[..at]}'" : "leave it out, or set it in the project file");
        if (isLog && low <= 0)
            throw Refused(label, text, "begins at or below 0, which has no logarithm", "begin above 0, such as at 1e-6");
        if (!isInteger)
            return double.IsFinite(high - low) ? new RealDomain(low, high, isLog) : throw Refused(label, text, "is too wide", "narrow it");
        return low == Math.Floor(low) && high == Math.Floor(high) && Math.Max(-low, high) < LargestInteger
            ? new IntegerDomain((long)low, (long)high, isLog)
            : throw Refused(label, text, "has ends that are no whole numbers", "write it as 'int:4..64'");
    }

    private static ChoiceDomain ChoicesOf(string label, string text, JsonElement present)
    {
        var values = text.Split(',').Select(part => ValueOf(label, text, part.Trim(), present)).ToList();
        if (values.Count > MostChoices)
            throw FairleadException.Invalid($"The parameter '{label}' has {values.Count:N0} values, more than {MostChoices:N0}; give it a range, such as 'int:1..{values.Count}'.");
        var twice = values.GroupBy(value => value.GetRawText(), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new ChoiceDomain(values)
            : throw Refused(label, text, $"has {twice.Key} twice", "name each value once");
    }

    private static JsonElement ValueOf(string label, string text, string part, JsonElement present)
    {
        if (part.Length == 0)
            throw Refused(label, text, "has an empty value", "write the values with commas between them, such as '8,16,32'");
        return present.ValueKind switch
        {
            JsonValueKind.Number => NumberOf(label, text, part),
            JsonValueKind.True or JsonValueKind.False => part is "true" or "false"
                ? JsonElement.Parse(part)
                : throw Refused(label, text, $"has '{part}', and the project file has {present.GetRawText()}", "write 'true,false'"),
            _ => JsonSerializer.SerializeToElement(part, SweepJson.Default.String),
        };
    }

    /// <summary>As JSON spells it: the step sees it as it stands here.</summary>
    private static JsonElement NumberOf(string label, string text, string part)
    {
        if (!TryNumber(part, out var number))
            throw Refused(label, text, $"has '{part}', which is no number as the one in the project file is", "write numbers, such as '8,16,32'");
        return JsonElement.Parse(IsJsonNumber(part) ? part : number.ToString("R", CultureInfo.InvariantCulture));
    }

    private static bool IsJsonNumber(string part)
    {
        try
        {
            return JsonElement.Parse(part).ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            // Such as '.5' and '+1'.
            return false;
        }
    }

    private static (bool IsLog, bool IsInteger, string Bounds) Prefixes(string text)
    {
        var (isLog, isInteger) = (false, false);
        while (true)
        {
            if (!isLog && text.StartsWith(LogPrefix, StringComparison.Ordinal))
                (isLog, text) = (true, text[LogPrefix.Length..]);
            else if (!isInteger && text.StartsWith(IntegerPrefix, StringComparison.Ordinal))
                (isInteger, text) = (true, text[IntegerPrefix.Length..]);
            else
                return (isLog, isInteger, text);
        }
    }

    private static string Prefix(bool isInteger, bool isLog) => (isInteger ? IntegerPrefix : "") + (isLog ? LogPrefix : "");

    private static bool IsNumber(string text) => TryNumber(text, out _);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static FairleadException Refused(string label, string text, string what, string cure) =>
        FairleadException.Invalid($"The range '{text}' of the parameter '{label}' {what}; {cure}.");
}
