namespace Fairlead.Predictions.Query;

/// <summary>What is known of the rows of a file of predictions without opening it.</summary>
internal enum RowColumn
{
    /// <summary>Between the first and the last of the file.</summary>
    Time,

    /// <summary>One for all rows, by UTC.</summary>
    Date,

    /// <summary>One for all rows.</summary>
    Environment,

    /// <summary>One for all rows.</summary>
    Service,
}
