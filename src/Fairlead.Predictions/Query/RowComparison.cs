namespace Fairlead.Predictions.Query;

/// <summary>How a column is compared. That a bound itself is left out makes no difference to which files are read.</summary>
internal enum RowComparison
{
    /// <summary>Equal to one of the operands.</summary>
    Is,

    /// <summary>The operand or more.</summary>
    AtLeast,

    /// <summary>The operand or less.</summary>
    AtMost,
}
