using System.Buffers;

namespace Fairlead.Serving.Capturing;

/// <summary>Where a record that is not written as it is takes its form, one of each thread.</summary>
internal sealed class FilterBuffers
{
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static FilterBuffers? atHand;

    public ArrayBufferWriter<byte> Inputs { get; } = new(1024);

    public ArrayBufferWriter<byte> Outputs { get; } = new(1024);

    /// <summary>Empty; the caller has them until it gives them back.</summary>
    public static FilterBuffers Rent()
    {
        var buffers = atHand ?? new FilterBuffers();
        atHand = null;
        return buffers;
    }

    public void Return()
    {
        if (Inputs.Capacity + Outputs.Capacity > LargestKept)
            return;

        // Cleared, not only reset: what was hidden has no business in memory for longer than needed.
        Inputs.Clear();
        Outputs.Clear();
        atHand = this;
    }
}
