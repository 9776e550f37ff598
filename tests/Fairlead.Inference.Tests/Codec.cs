using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests;

/// <summary>Short forms of what the tests do again and again.</summary>
internal static class Codec
{
    public static readonly PredictionId Id = PredictionId.Parse("0190b6a0-0000-7000-8000-000000000000");

    public static AnswerHead Head => new() { Model = "m"u8, Version = "3"u8, ServerGroup = "late-prod-v003"u8, Prediction = Id };

    public static IModelSession Load(byte[] model, string name = "m")
    {
        using var folder = new TemporaryFolder();
        using var runtime = new OnnxModelRuntime();
        return runtime.Load(folder.Write("model.onnx", model), name);
    }

    public static SignatureCodec Of(params TensorSpec[] inputs) => new(new Signature(inputs, [new TensorSpec("y", TensorType.Float32, [-1])]));

    public static InferRequest Read(SignatureCodec codec, string json)
    {
        var request = new InferRequest();
        RestInferReader.Read(Encoding.UTF8.GetBytes(json), null, codec, "m", request);
        return request;
    }

    /// <summary>Reads JSON with tensors after it.</summary>
    public static InferRequest ReadBinary(SignatureCodec codec, string json, params byte[] tensors)
    {
        var request = new InferRequest();
        var header = Encoding.UTF8.GetBytes(json);
        RestInferReader.Read([.. header, .. tensors], header.Length, codec, "m", request);
        return request;
    }

    /// <summary>An answer that no model gave.</summary>
    public static InferAnswer AnswerOf(params (TensorType Type, long[] Shape, byte[] Data)[] tensors)
    {
        var answer = new InferAnswer();
        foreach (var (type, shape, data) in tensors)
        {
            answer.Outputs.Advance(TensorBlock.WriteHeader(answer.Outputs.Reserve(TensorBlock.HeaderSize(shape.Length)), type, shape, data.Length));
            answer.Outputs.Append(data);
        }

        return answer;
    }

    public static FairleadException Refused(SignatureCodec codec, string json) => Refused(codec, Encoding.UTF8.GetBytes(json));

    public static FairleadException Refused(SignatureCodec codec, byte[] json)
    {
        var request = new InferRequest();
        var e = Assert.Throws<FairleadException>(() => RestInferReader.Read(json, null, codec, "m", request));
        Assert.True(request.InputBlock.IsEmpty);
        Assert.Equal(0, request.Rows);
        return e;
    }

    public static string Answer(IModelSession session, string json)
    {
        var request = Read(session.Codec, json);
        var answer = new InferAnswer();
        session.Run(request, answer);
        return Write(session, request, answer);
    }

    public static string Write(IModelSession session, InferRequest request, InferAnswer answer)
    {
        var target = new ArrayBufferWriter<byte>();
        RestInferWriter.Write(target, Head, request, answer, session.Codec);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    /// <summary>The data of one output, as JSON text.</summary>
    public static string Data(string answer, int output = 0)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("outputs")[output].GetProperty("data").GetRawText();
    }

    /// <summary>Type, dimensions and bytes of a block's tensors.</summary>
    public static List<(TensorType Type, long[] Shape, byte[] Data)> Tensors(ReadOnlySpan<byte> block)
    {
        var tensors = new List<(TensorType, long[], byte[])>();
        while (TensorBlock.TryRead(ref block, out var tensor))
        {
            var shape = new long[tensor.Rank];
            for (var axis = 0; axis < shape.Length; axis++)
                shape[axis] = tensor.Dimension(axis);
            tensors.Add((tensor.Type, shape, tensor.Data.ToArray()));
        }

        return tensors;
    }
}
