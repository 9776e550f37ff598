using System.Globalization;
using System.Text.Json;

namespace Fairlead.Sweeps.Spaces;

/// <summary>Numbers from one to another, both inclusive, with as many digits as a person would write.</summary>
internal sealed record RealDomain(double Low, double High, bool IsLog) : ParameterDomain
{
    private const string Digits = "G6";

    private double From => IsLog ? Math.Log(Low) : Low;

    private double To => IsLog ? Math.Log(High) : High;

    public override long? Count => null;

    public override JsonElement ValueAt(double unit)
    {
        var place = From + (Math.Clamp(unit, 0, 1) * (To - From));
        var rounded = double.Parse((IsLog ? Math.Exp(place) : place).ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return JsonElement.Parse(Math.Clamp(rounded, Low, High).ToString("R", CultureInfo.InvariantCulture));
    }

    public override double UnitOf(JsonElement value)
    {
        var number = value.GetDouble();
        return Math.Clamp(((IsLog ? Math.Log(number) : number) - From) / (To - From), 0, 1);
    }

    public override JsonElement ValueOf(long index) => throw new InvalidOperationException("A range of numbers cannot be counted.");
}
