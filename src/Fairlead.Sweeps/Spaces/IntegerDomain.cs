using System.Globalization;
using System.Text.Json;

namespace Fairlead.Sweeps.Spaces;

/// <summary>Whole numbers from one to another, both inclusive; on a logarithmic scale, each doubling takes the same room.</summary>
internal sealed record IntegerDomain(long Low, long High, bool IsLog) : ParameterDomain
{
    // Each number owns the stretch up to half way to its neighbours, the ends no less than the others.
    private double From => IsLog ? Math.Log(Low - 0.5) : Low - 0.5;

    private double To => IsLog ? Math.Log(High + 0.5) : High + 0.5;

    public override long? Count => High - Low + 1;

    public override JsonElement ValueAt(double unit)
    {
        var place = From + (Math.Clamp(unit, 0, 1) * (To - From));
        var number = Math.Clamp(Math.Round(IsLog ? Math.Exp(place) : place), Low, High);
        return ValueOf((long)number - Low);
    }

    public override double UnitOf(JsonElement value)
    {
        var number = value.GetDouble();
        return ((IsLog ? Math.Log(number) : number) - From) / (To - From);
    }

    public override JsonElement ValueOf(long index) => JsonElement.Parse((Low + index).ToString(CultureInfo.InvariantCulture));
}
