using System.Text.Json;

namespace Fairlead.Sweeps.Spaces;

/// <summary>The values that a parameter may take, laid out between 0 and 1 so that every search sees the same kind of thing.</summary>
internal abstract record ParameterDomain
{
    /// <summary>How many values there are; null when there are more than can be counted.</summary>
    public abstract long? Count { get; }

    /// <summary>True when values that are near one another have much in common.</summary>
    public virtual bool IsOrdered => true;

    /// <param name="unit">From 0 to 1; what lies outside counts as the end.</param>
    public abstract JsonElement ValueAt(double unit);

    /// <summary>Where a value lies. <see cref="ValueAt"/> of it is the value again.</summary>
    public abstract double UnitOf(JsonElement value);

    /// <summary>The value with that index, for domains that have a count.</summary>
    public abstract JsonElement ValueOf(long index);
}
