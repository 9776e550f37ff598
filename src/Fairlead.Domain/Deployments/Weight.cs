using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>A share of traffic in hundredths of a percent, 0 to 10,000 inclusive.</summary>
/// <remarks><c>default</c> is no traffic.</remarks>
[JsonConverter(typeof(WeightJsonConverter))]
public readonly record struct Weight
{
    public const int Whole = 10_000;

    public Weight(int hundredths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hundredths, Whole);
        Hundredths = hundredths;
    }

    public static Weight All => new(Whole);

    public static Weight None => default;

    public int Hundredths { get; }

    public override string ToString() => (Hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
