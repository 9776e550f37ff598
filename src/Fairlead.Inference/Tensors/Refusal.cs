using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tensors;

/// <summary>The sentences with which a request is refused, whatever it is written in.</summary>
internal static class Refusal
{
    private const int LongestQuote = 64;

    public static FairleadException Invalid(string message) => FairleadException.Invalid(message);

    public static FairleadException TooLarge(string message) => new(ProblemKind.TooLarge, message);

    public static string Input(TensorCodec? tensor) => tensor is null ? "An input" : tensor.Label;

    public static FairleadException MissingInput(SignatureCodec codec, string model, int index) =>
        Invalid($"The request for model '{model}' lacks the input '{codec.Inputs[index].Spec.Name}'; expected {Names(codec)}.");

    public static FairleadException NamelessInput(string model) => Invalid($"An input of the request for model '{model}' has no 'name'.");

    public static FairleadException NamelessOutput(string model) => Invalid($"An output of the request for model '{model}' has no 'name'.");

    public static FairleadException UnknownInput(SignatureCodec codec, string model, ReadOnlySpan<byte> name) =>
        Invalid($"Model '{model}' has no input '{Cut(name)}'; {NearestName.Hint(Cut(name), [.. codec.Inputs.Select(input => input.Spec.Name)])}");

    public static FairleadException UnknownOutput(SignatureCodec codec, string model, ReadOnlySpan<byte> name) =>
        Invalid($"Model '{model}' has no output '{Cut(name)}'; {NearestName.Hint(Cut(name), [.. codec.Outputs.Select(output => output.Spec.Name)])}");

    public static FairleadException RepeatedInput(TensorCodec tensor) => Invalid($"Input '{tensor.Spec.Name}' is in the request twice.");

    public static FairleadException NoShape(TensorCodec tensor) =>
        Invalid($"{Input(tensor)} has no 'shape'; expected {Shape([.. tensor.Spec.Shape])} with the number of rows for -1.");

    public static FairleadException LongId(int length) =>
        Invalid($"The request has an 'id' of {length} bytes; expected at most {InferRequest.MaxIdBytes}.");

    /// <param name="owner">Such as "Input 'hour'".</param>
    public static FairleadException SharedMemory(string owner) =>
        Invalid($"{owner} is in a shared memory region, and this host shares no memory with its clients; send the tensor with the request.");

    public static string Names(SignatureCodec codec) => string.Join(", ", codec.Inputs.Select(input => $"'{input.Spec.Name}'"));

    public static string Cut(ReadOnlySpan<byte> text) =>
        text.Length <= LongestQuote ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..Boundary(text)]) + "…";

    public static string Shape(ReadOnlySpan<long> dimensions)
    {
        var text = new StringBuilder("[");
        foreach (var dimension in dimensions)
            text.Append(text.Length > 1 ? "," : "").Append(dimension);
        return text.Append(']').ToString();
    }

    // Never in the middle of a character.
    private static int Boundary(ReadOnlySpan<byte> text)
    {
        var end = LongestQuote;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
            end--;
        return end;
    }
}
