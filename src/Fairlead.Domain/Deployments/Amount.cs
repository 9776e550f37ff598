using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>How many of some instances: a number such as <c>10</c>, or a share such as <c>25%</c>, 0 to 100 inclusive.</summary>
/// <remarks><c>default</c> is none of them.</remarks>
[JsonConverter(typeof(AmountJsonConverter))]
public readonly record struct Amount
{
    private const int WholePercent = 100;

    public Amount(int value, bool isPercent = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (isPercent)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WholePercent);
        Value = value;
        IsPercent = isPercent;
    }

    public int Value { get; }

    public bool IsPercent { get; }

    public static Amount Percent(int value) => new(value, isPercent: true);

    /// <summary>That many of the whole, at most all; a share is rounded up.</summary>
    public int Of(int whole) => IsPercent ? (int)((((long)whole * Value) + WholePercent - 1) / WholePercent) : Math.Min(Value, whole);

    public static Amount Parse(string text) =>
        TryParse(text, out var amount) ? amount : throw new FormatException($"'{text}' is no amount; expected a number such as '10' or a share such as '25%'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Amount amount)
    {
        amount = default;
        if (text is not { Length: > 0 })
            return false;
        var isPercent = text[^1] == '%';
        if (!int.TryParse(isPercent ? text.AsSpan(..^1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (isPercent && value > WholePercent))
            return false;
        amount = new Amount(value, isPercent);
        return true;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + (IsPercent ? "%" : "");
}
