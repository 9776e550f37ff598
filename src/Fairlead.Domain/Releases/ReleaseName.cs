using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Releases;

/// <summary>Names a release: <c>v</c> and its number from 1, at least three digits, such as <c>v001</c>.</summary>
/// <remarks><c>default</c> names no release.</remarks>
[JsonConverter(typeof(ReleaseNameJsonConverter))]
public readonly record struct ReleaseName : IComparable<ReleaseName>
{
    public ReleaseName(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Number = number;
    }

    public int Number { get; }

    public static ReleaseName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a release; expected 'v' and a number, such as 'v001'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ReleaseName name)
    {
        name = default;
        if (text is null || text.Length < 2 || text[0] != 'v'
            || !int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        name = new ReleaseName(number);
        return true;
    }

    public int CompareTo(ReleaseName other) => Number.CompareTo(other.Number);

    public override string ToString() => Number == 0 ? "" : $"v{Number:D3}";
}
