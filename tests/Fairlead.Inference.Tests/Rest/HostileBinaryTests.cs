using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests.Rest;

public sealed class HostileBinaryTests
{
    private static readonly byte[][] Tokens = [.. new[] { "[", "]", "{", "}", "\"", ",", "-1", "1e999", "0", "NaN", "null", "true", "\"parameters\":{\"binary_data_size\":4},", "\"binary_data\":true,", "\"classification\":2,", "\"data\":[1],", "\0\0\0\0", "\u0004\0\0\0", "ÿÿÿÿ" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly SignatureCodec Codecs = new(new Signature(
        [new TensorSpec("id", TensorType.Bytes, [-1]), new TensorSpec("x", TensorType.Float32, [-1, -1]), new TensorSpec("ok", TensorType.Bool, [-1]), new TensorSpec("h", TensorType.Float16, [-1])],
        [new TensorSpec("y", TensorType.Float32, [-1, 3]), new TensorSpec("z", TensorType.Bytes, [-1])]));

    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""
        {"id":"1","parameters":{"timeout":100,"binary_data_output":true},"inputs":[{"name":"id","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":11}},
        {"name":"x","shape":[2,2],"datatype":"FP32","data":[[1,2],[3,4]]},{"name":"ok","shape":[2],"datatype":"BOOL","parameters":{"binary_data_size":2}},
        {"name":"h","parameters":{"binary_data_size":4},"shape":[2],"datatype":"FP16"}],"outputs":[{"name":"y","parameters":{"classification":2}},{"name":"z","parameters":{"binary_data":false}}]}
        """);

    private static readonly byte[] Valid = [.. Json, 1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67, 1, 0, 0, 60, 0, 192];

    [Fact]
    public void Read_ManyMutations_AnswersOrRefuses()
    {
        var random = new Random(12_001);
        var request = new InferRequest();
        var answer = Codec.AnswerOf((TensorType.Float32, [2, 3], new byte[24]), (TensorType.Bytes, [2], new byte[8]));
        var target = new ArrayBufferWriter<byte>();
        var answered = 0;
        var mutations = Campaign.Rounds(20_000, 1_000_000);
        for (var i = 0; i < mutations; i++)
        {
            var body = Mutation.Of(Valid, random, Tokens);
            // The length of the JSON as it was, as it may have become, and as a hostile client would have it.
            var header = random.Next(4) switch { 0 => random.Next(-2, body.Length + 3), 1 => Json.Length, _ => Json.Length + body.Length - Valid.Length };
            try
            {
                RestInferReader.Read(body, header, Codecs, "m", request);
            }
            catch (FairleadException)
            {
                Assert.True(request.InputBlock.IsEmpty);
                continue;
            }

            Codec.Tensors(request.InputBlock);
            target.ResetWrittenCount();
            var length = RestInferWriter.Write(target, Codec.Head, request, answer, Codecs);
            JsonDocument.Parse(target.WrittenMemory[..(length ?? target.WrittenCount)]).Dispose();
            answered++;
        }

        Assert.InRange(answered, mutations / 200, mutations * 3 / 4);
    }
}
