using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads infer requests of the Open Inference Protocol V2 in JSON.</summary>
public static class InferRequestReader
{
    /// <summary>A larger body is refused: its tensors might not fit into one block.</summary>
    private const int MaxBodyBytes = 256 << 20;

    // How System.Text.Json marks the exceptions of its reader that a caller's JSON caused, such as half a surrogate pair.
    private const string CausedByJson = "System.Text.Json.Rethrowable";

    /// <summary>
    /// Reads a request for a model. <c>data</c> is flat or nested as the shape; inputs and members come in any order; unknown members
    /// and <c>parameters</c> are passed over; <c>outputs</c> restricts what is answered.
    /// </summary>
    /// <param name="json">The whole body.</param>
    /// <param name="model">What messages call the model.</param>
    /// <param name="request">Is cleared first. After a failure it holds no tensors.</param>
    /// <exception cref="FairleadException">Invalid: the message names the input, the value and what was expected. TooLarge: too many rows or bytes.</exception>
    public static void Read(ReadOnlySpan<byte> json, SignatureCodec codec, string model, InferRequest request)
    {
        request.Clear();
        if (json.Length > MaxBodyBytes)
            throw new FairleadException(ProblemKind.TooLarge, $"The request has '{json.Length}' bytes, and at most {MaxBodyBytes} are read; split it.");
        // The JSON reader checks the syntax only; text that is not UTF-8 must reach neither a model nor the log.
        if (!Utf8.IsValid(json))
            throw Refusal.Invalid($"The request is not UTF-8 at byte {FirstInvalid(json)}.");
        var parser = new RequestParser(json, codec, model, request);
        try
        {
            parser.Read();
        }
        catch (Exception e)
        {
            request.ClearTensors();
            switch (e)
            {
                case JsonException broken:
                    throw Refusal.Invalid($"The request is not JSON at byte {Position(json, broken)}: {Reason(broken)}");
                case InvalidOperationException { Source: CausedByJson }:
                    throw Refusal.Invalid($"The request has a string that is not Unicode at byte {parser.Position}; half of a surrogate pair stands alone.");
                default:
                    throw;
            }
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var consumed) == OperationStatus.Done)
            at += consumed;
        return at;
    }

    // The reader counts lines; a client that looks for the place in a body counts bytes.
    private static long Position(ReadOnlySpan<byte> json, JsonException e)
    {
        var at = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
            at += json[at..].IndexOf((byte)'\n') + 1;
        return at + (e.BytePositionInLine ?? 0);
    }

    // Its first sentence: what follows advises the programmer of the reader, or counts lines.
    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..(end + 1)];
    }
}
