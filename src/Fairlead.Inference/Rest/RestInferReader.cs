using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads infer requests of the Open Inference Protocol V2 in JSON, with its binary tensor data extension.</summary>
public static class RestInferReader
{
    // How System.Text.Json marks the exceptions of its reader that a caller's JSON caused, such as half a surrogate pair.
    private const string CausedByJson = "System.Text.Json.Rethrowable";

    /// <summary>
    /// Reads a request for a model. <c>data</c> is flat or nested as the shape, or stands after the JSON in its raw form; inputs and
    /// members come in any order; unknown members and parameters are passed over; <c>outputs</c> restricts what is answered.
    /// </summary>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="headerLength">The JSON's length as the client's header has it (<see cref="InferenceHeader"/>); null when it sent none, 0 for a raw binary request.</param>
    /// <param name="model">What messages call the model.</param>
    /// <param name="request">Is cleared first. After a failure it holds no tensors.</param>
    /// <exception cref="FairleadException">Invalid: the message names the input, the value and what was expected. TooLarge: too many rows or bytes.</exception>
    public static void Read(ReadOnlySpan<byte> body, int? headerLength, SignatureCodec codec, string model, InferRequest request)
    {
        request.Clear();
        request.Places.Reset(codec.Inputs.Length);
        if (body.Length > InferRequest.MaxBytes)
            throw Refusal.TooLarge($"The request has '{body.Length}' bytes, and at most {InferRequest.MaxBytes} are read; split it.");
        if (headerLength is { } length && (length < 0 || length > body.Length))
            throw Refusal.Invalid($"The header '{InferenceHeader.Name}' is '{length}', and the body has {body.Length} bytes; expected the length of the JSON that the body begins with.");
        var json = body[..(headerLength ?? body.Length)];
        var parser = new RequestParser(json, body[json.Length..], codec, model, request);
        try
        {
            if (headerLength == 0)
            {
                RawRequest.Read(body, codec, model, request);
                return;
            }

            // The JSON reader checks the syntax only; text that is not UTF-8 must reach neither a model nor the log.
            if (!Utf8.IsValid(json))
                throw Refusal.Invalid($"The request is not UTF-8 at byte {FirstInvalid(json)}{Hint(json, headerLength)}.");
            parser.Read();
        }
        catch (Exception e)
        {
            request.ClearTensors();
            switch (e)
            {
                case JsonException broken:
                    throw NotJson(json, broken, Hint(json, headerLength));
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

    private static FairleadException NotJson(ReadOnlySpan<byte> json, JsonException e, string hint)
    {
        var position = Position(json, e);
        // The reader takes a small n for the beginning of null, and finds the fault one byte later.
        return IsNotFinite(json[(int)Math.Min(position, json.Length)..]) || IsNotFinite(json[(int)Math.Clamp(position - 1, 0, json.Length)..])
            ? Refusal.Invalid($"The request is not JSON at byte {position}: JSON has neither NaN nor infinities; send the input as binary data, with 'binary_data_size' among its parameters.")
            : Refusal.Invalid($"The request is not JSON at byte {position}: {Reason(e).TrimEnd('.')}{hint}.");
    }

    private static bool IsNotFinite(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("-"u8))
            json = json[1..];
        return json.StartsWith("NaN"u8) || json.StartsWith("nan"u8) || json.StartsWith("Inf"u8) || json.StartsWith("inf"u8);
    }

    // A client that forgot the header sends tensors where JSON is looked for.
    private static string Hint(ReadOnlySpan<byte> json, int? headerLength) =>
        headerLength is null && json.IndexOf("binary_data_size"u8) >= 0
            ? $"; when tensors follow the JSON, the header '{InferenceHeader.Name}' must say how long the JSON is"
            : "";

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
