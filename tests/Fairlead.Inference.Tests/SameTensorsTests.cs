using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Inference.Rest;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests;

/// <summary>Whatever form tensors come or go in, they are the same to the last bit.</summary>
public sealed class SameTensorsTests
{
    [Fact]
    public void Read_EveryForm_GivesTheSameBlock()
    {
        for (var seed = 0; seed < Campaign.Rounds(2_000, 200_000); seed++)
        {
            var tensors = new RandomTensors(seed);
            var codec = new SignatureCodec(tensors.Signature);
            var expected = Codec.AnswerOf(tensors.Tensors).OutputBlock.ToArray();
            var request = new InferRequest();
            foreach (var allBinary in new[] { true, false })
            {
                var (body, header) = Requests.Rest(tensors, allBinary);
                RestInferReader.Read(body, header, codec, "m", request);
                AssertSame(seed, expected, tensors, request);
            }

            foreach (var isRaw in Requests.CanBeTyped(tensors) ? new[] { true, false } : [true])
            {
                GrpcInferReader.Read(Requests.Grpc(tensors, isRaw), codec, "m", request);
                AssertSame(seed, expected, tensors, request);
            }
        }
    }

    [Fact]
    public void Write_EveryForm_GivesTheSameTensors()
    {
        for (var seed = 0; seed < Campaign.Rounds(1_000, 100_000); seed++)
        {
            var tensors = new RandomTensors(seed);
            var codec = new SignatureCodec(tensors.Signature);
            var (body, header) = Requests.Rest(tensors, allBinary: true);
            var request = new InferRequest();
            RestInferReader.Read(body, header, codec, "m", request);
            var answer = Codec.AnswerOf(tensors.Tensors);
            AssertGrpc(seed, tensors, Messages(codec, request, answer));

            // What was answered in JSON is sent back as a request: text and bits must agree.
            var target = new ArrayBufferWriter<byte>();
            Assert.Null(RestInferWriter.Write(target, Codec.Head, request, answer, codec));
            if (!Requests.CanBeTyped(tensors))
                continue;
            var back = new InferRequest();
            RestInferReader.Read(Encoding.UTF8.GetBytes($$"""{"inputs":{{Outputs(target)}}}"""), null, codec, "m", back);
            Assert.True(answer.OutputBlock.SequenceEqual(back.InputBlock), $"seed {seed}");

            request.Outputs.AreBinary = true;
            target.ResetWrittenCount();
            var length = RestInferWriter.Write(target, Codec.Head, request, answer, codec);
            Assert.True(tensors.Tensors.SelectMany(tensor => tensor.Data).SequenceEqual(target.WrittenSpan[length!.Value..].ToArray()), $"seed {seed}");
        }
    }

    private static ModelInferResponse Messages(SignatureCodec codec, InferRequest request, InferAnswer answer) => Grpc.Messages.Write(codec, request, answer);

    private static string Outputs(ArrayBufferWriter<byte> json)
    {
        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.GetProperty("outputs").GetRawText();
    }

    private static void AssertGrpc(int seed, RandomTensors tensors, ModelInferResponse message)
    {
        Assert.Equal("7", message.Id);
        for (var i = 0; i < tensors.Tensors.Length; i++)
        {
            var (type, shape, data) = tensors.Tensors[i];
            Assert.Equal(tensors.Signature.Outputs[i].Name, message.Outputs[i].Name);
            Assert.Equal(type.WireName(), message.Outputs[i].Datatype);
            Assert.Equal(shape, message.Outputs[i].Shape);
            Assert.True(data.AsSpan().SequenceEqual(message.RawOutputContents[i].Span), $"seed {seed}");
        }
    }

    private static void AssertSame(int seed, byte[] expected, RandomTensors tensors, InferRequest request)
    {
        Assert.True(request.InputBlock.SequenceEqual(expected), $"seed {seed}");
        Assert.Equal("7", Encoding.UTF8.GetString(request.Id));
        Assert.Equal(tensors.Signature.Inputs.Any(input => input.Shape is [< 0, ..]) ? tensors.Rows : 1, request.Rows);
    }
}
