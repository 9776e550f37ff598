namespace Fairlead.Contracts.Payloads;

/// <summary>One field as it lies on the wire.</summary>
/// <param name="Index">Position of its schema among the fields of the message.</param>
/// <param name="Start">Of the value, within the message; behind the length of a string, message and the like.</param>
/// <param name="Length">Of the value in bytes.</param>
internal readonly record struct WireField(int Index, int Start, int Length, WireType Type) : IComparable<WireField>
{
    /// <summary>By field, then as they came.</summary>
    public int CompareTo(WireField other) => Index != other.Index ? Index.CompareTo(other.Index) : Start.CompareTo(other.Start);
}
