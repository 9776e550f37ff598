using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>Records of one kind and one day on their way from the log into one Parquet file.</summary>
internal interface ILogTable : IDisposable
{
    RowSpan Span { get; }

    /// <summary>Tensors that were not what the signature says.</summary>
    long Misfits { get; }

    /// <summary>What became of the reading of rows while the query ran; null when nothing went wrong.</summary>
    Exception? Failure => null;

    /// <param name="at">Where the record begins in its segment.</param>
    void Add(in SegmentRecord record, long at);

    /// <summary>Path of the file below the predictions folder, with '/', for a segment of that name.</summary>
    string PathFor(string segment);

    /// <summary>Ends the appending and returns the query whose rows the file shall hold; it is run once.</summary>
    string Complete(ScratchDatabase scratch);
}
