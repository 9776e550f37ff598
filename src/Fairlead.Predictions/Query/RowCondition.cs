using System.Globalization;

namespace Fairlead.Predictions.Query;

/// <summary>What a statement demands of every prediction that it reads.</summary>
/// <param name="Operands">Texts as they stand in the statement, or the names of its parameters.</param>
/// <param name="IsParameter">The operands are names of parameters.</param>
/// <param name="Cast">The type that the statement casts its operands to, in DuckDB's words; empty for none.</param>
internal sealed record RowCondition(RowColumn Column, RowComparison Comparison, IReadOnlyList<string> Operands, bool IsParameter, string Cast)
{
    private const int FixedValues = 4;

    /// <summary>Its operand, where that hangs on when the statement runs; the operands are the earliest and the latest that it can be, once that is known.</summary>
    public MomentExpression? Moment { get; init; }

    /// <summary>As another process has sent it.</summary>
    public static RowCondition Of(IReadOnlyList<object?> values) =>
        new((RowColumn)(int)values[0]!, (RowComparison)(int)values[1]!, [.. values.Skip(FixedValues).Cast<string>()], (bool)values[2]!, (string)values[3]!);

    /// <summary>The same of an operand that is known to be between two times, in microseconds since 1970-01-01 UTC.</summary>
    public RowCondition Between(long first, long last)
    {
        var format = Column == RowColumn.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.ffffff";
        return this with { Operands = [TextOf(first), TextOf(last)], Moment = null };

        string TextOf(long time) => DateTime.UnixEpoch.AddMicroseconds(time).ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>For another process.</summary>
    public object?[] Values() => [(int)Column, (int)Comparison, IsParameter, Cast, .. Operands];
}
