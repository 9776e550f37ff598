using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

public sealed class ModelMetadataWriterTests
{
    [Fact]
    public void Write_Signature_GivesTheGoldenReply()
    {
        var target = new ArrayBufferWriter<byte>();
        var signature = new Signature(
            [new TensorSpec("city", TensorType.Bytes, [-1, 1]), new TensorSpec("x", TensorType.Float64, [])],
            [new TensorSpec("é\"", TensorType.Float32, [-1, 3])]);
        ModelMetadataWriter.Write(target, "late", ["1", "2"], signature);
        Assert.Equal(
            """{"name":"late","versions":["1","2"],"platform":"onnxruntime_onnx","inputs":[{"name":"city","datatype":"BYTES","shape":[-1,1]},{"name":"x","datatype":"FP64","shape":[]}],"outputs":[{"name":"é\"","datatype":"FP32","shape":[-1,3]}]}""",
            Encoding.UTF8.GetString(target.WrittenSpan));
    }
}
