using System.Buffers.Binary;
using System.Text;
using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;
using InputTensor = Fairlead.Grpc.Protocols.Inference.ModelInferRequest.Types.InferInputTensor;
using OutputTensor = Fairlead.Grpc.Protocols.Inference.ModelInferResponse.Types.InferOutputTensor;

namespace Fairlead.Conformance.Rpc;

/// <summary>Builds inference requests and reads their answers, whichever of the two forms their tensors have.</summary>
internal static class InferMessages
{
    /// <summary>One row for the model <c>simple</c>, in typed contents.</summary>
    public static ModelInferRequest Simple() => new()
    {
        ModelName = ModelSet.Simple,
        Inputs =
        {
            Input("INPUT0", "INT32", [1, 16], new InferTensorContents { IntContents = { SimpleModel.First } }),
            Input("INPUT1", "INT32", [1, 16], new InferTensorContents { IntContents = { SimpleModel.Second } }),
        },
    };

    /// <summary>One row for the model <c>simple</c>, as raw bytes.</summary>
    public static ModelInferRequest SimpleRaw() => new()
    {
        ModelName = ModelSet.Simple,
        Inputs = { Input("INPUT0", "INT32", [1, 16], null), Input("INPUT1", "INT32", [1, 16], null) },
        RawInputContents = { ByteString.CopyFrom(TensorBytes.Of(SimpleModel.First)), ByteString.CopyFrom(TensorBytes.Of(SimpleModel.Second)) },
    };

    /// <summary>One typed input.</summary>
    public static ModelInferRequest Typed(string model, string datatype, long[] shape, InferTensorContents contents) => new()
    {
        ModelName = model,
        Inputs = { Input("INPUT0", datatype, shape, contents) },
    };

    /// <summary>One raw input.</summary>
    public static ModelInferRequest Raw(string model, string datatype, long[] shape, byte[] bytes) => new()
    {
        ModelName = model,
        Inputs = { Input("INPUT0", datatype, shape, null) },
        RawInputContents = { ByteString.CopyFrom(bytes) },
    };

    public static InputTensor Input(string name, string datatype, long[] shape, InferTensorContents? contents) => new() { Name = name, Datatype = datatype, Shape = { shape }, Contents = contents };

    /// <summary>The answer to one row for <c>simple</c> is right.</summary>
    public static Verdict AnswersSimple(ModelInferResponse response) =>
        HasOutput(response, "OUTPUT0", "INT32", [1, 16], TensorBytes.Of(SimpleModel.Sum))
        && HasOutput(response, "OUTPUT1", "INT32", [1, 16], TensorBytes.Of(SimpleModel.Difference));

    /// <summary>An output has this datatype, shape and content; <paramref name="bytes"/> as raw contents are.</summary>
    public static Verdict HasOutput(ModelInferResponse response, string name, string datatype, long[] shape, byte[] bytes)
    {
        var index = response.Outputs.ToList().FindIndex(output => output.Name == name);
        if (index < 0)
            return Verdict.Fail($"the output '{name}' is missing; there are [{string.Join(", ", response.Outputs.Select(output => output.Name))}]");
        var output = response.Outputs[index];
        return Verdict.Same($"the datatype of '{name}'", datatype, output.Datatype)
            && Verdict.Same($"the shape of '{name}'", string.Join(',', shape), string.Join(',', output.Shape))
            && HasContent(response, output, index, bytes);
    }

    /// <summary>The bytes of an output, as raw contents are; null when it has none.</summary>
    public static byte[]? BytesOf(ModelInferResponse response, string name)
    {
        var index = response.Outputs.ToList().FindIndex(output => output.Name == name);
        return index < 0 ? null : index < response.RawOutputContents.Count ? response.RawOutputContents[index].ToByteArray() : Encode(response.Outputs[index]);
    }

    private static Verdict HasContent(ModelInferResponse response, OutputTensor output, int index, byte[] bytes)
    {
        if (response.RawOutputContents.Count > 0 && response.RawOutputContents.Count != response.Outputs.Count)
            return Verdict.Fail($"there are {response.RawOutputContents.Count} raw contents for {response.Outputs.Count} outputs");
        var found = index < response.RawOutputContents.Count ? response.RawOutputContents[index].ToByteArray() : Encode(output);
        return Verdict.That(found.AsSpan().SequenceEqual(bytes), $"the content of '{output.Name}' is {Convert.ToHexString(found)} instead of {Convert.ToHexString(bytes)}");
    }

    private static byte[] Encode(OutputTensor output)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        var contents = output.Contents ?? new InferTensorContents();
        foreach (var value in contents.BoolContents)
            writer.Write(value);
        foreach (var value in contents.IntContents)
            writer.Write(Narrow(value, output.Datatype));
        foreach (var value in contents.UintContents)
            writer.Write(Narrow(unchecked((int)value), output.Datatype));
        foreach (var value in contents.Int64Contents)
            writer.Write(value);
        foreach (var value in contents.Uint64Contents)
            writer.Write(value);
        foreach (var value in contents.Fp32Contents)
            writer.Write(value);
        foreach (var value in contents.Fp64Contents)
            writer.Write(value);
        writer.Write(TensorBytes.Texts(contents.BytesContents.Select(value => value.ToByteArray())));
        writer.Flush();
        return bytes.ToArray();
    }

    // Small integers travel as 32 bits.
    private static byte[] Narrow(int value, string datatype)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes[..(datatype switch { "INT8" or "UINT8" => 1, "INT16" or "UINT16" => 2, _ => 4 })];
    }
}
