using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Tests.Framing;

public sealed class GrpcEncodingsTests
{
    [Theory]
    [InlineData("", nameof(GrpcEncoding.Identity))]
    [InlineData("identity", nameof(GrpcEncoding.Identity))]
    [InlineData("gzip", nameof(GrpcEncoding.Gzip))]
    [InlineData("deflate", nameof(GrpcEncoding.Deflate))]
    [InlineData("br", null)]
    [InlineData("GZIP", null)]
    [InlineData("gzip,gzip", null)]
    public void Parse_Name_IsKnownOrNot(string name, string? expected) => Assert.Equal(expected, GrpcEncodings.Parse(name)?.ToString());

    [Theory]
    [InlineData(null, nameof(GrpcEncoding.Identity))]
    [InlineData("identity", nameof(GrpcEncoding.Identity))]
    [InlineData("br, zstd", nameof(GrpcEncoding.Identity))]
    [InlineData("identity, deflate, gzip", nameof(GrpcEncoding.Gzip))]
    [InlineData("identity,deflate", nameof(GrpcEncoding.Deflate))]
    [InlineData(",, ,gzip", nameof(GrpcEncoding.Gzip))]
    public void Choose_AcceptedEncodings_PrefersWhatCompresses(string? accepted, string expected) => Assert.Equal(expected, GrpcEncodings.Choose(accepted).ToString());
}
