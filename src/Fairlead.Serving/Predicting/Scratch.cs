using System.Buffers;
using System.Text;
using Fairlead.Inference;

namespace Fairlead.Serving.Predicting;

/// <summary>
/// What a thread needs to answer an infer request, reused for every request that it answers. A request is parsed, scored, captured
/// and written without leaving its thread, so that no request sees another's.
/// </summary>
internal sealed class Scratch
{
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static Scratch? current;
    private byte[] unit = new byte[256];
    private ArrayBufferWriter<byte> json = new(1024);

    public static Scratch Current => current ??= new Scratch();

    public InferRequest Request { get; } = new();

    public InferAnswer Answer { get; } = new();

    public ArrayBufferWriter<byte> Json => json;

    /// <summary>The UTF-8 of a text, valid until the next call.</summary>
    public ReadOnlySpan<byte> Utf8(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (unit.Length < longest)
            unit = new byte[longest];
        return unit.AsSpan(0, Encoding.UTF8.GetBytes(text, unit));
    }

    public void Clear()
    {
        Request.Clear();
        Answer.Clear();
        if (json.Capacity > LargestKept)
            json = new ArrayBufferWriter<byte>(1024);
        else
            json.ResetWrittenCount();
    }
}
