using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>Rows that are made one after the other, as many as it says.</summary>
internal interface IRowSource
{
    long Rows { get; }

    /// <summary>Writes the next rows, each a struct.</summary>
    void Write(int rows, DuckDbColumnWriter target);
}
