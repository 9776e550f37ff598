namespace Fairlead.Grpc.Framing;

/// <summary>The encodings' names in headers.</summary>
internal static class GrpcEncodings
{
    /// <summary>What this side reads, as <c>grpc-accept-encoding</c> says it.</summary>
    public const string Accepted = "identity,gzip,deflate";

    private const string Identity = "identity";
    private const string Gzip = "gzip";
    private const string Deflate = "deflate";

    public static string Name(this GrpcEncoding encoding) => encoding switch
    {
        GrpcEncoding.Gzip => Gzip,
        GrpcEncoding.Deflate => Deflate,
        _ => Identity,
    };

    /// <returns>Null for an encoding that this side cannot read. No header means identity.</returns>
    public static GrpcEncoding? Parse(ReadOnlySpan<char> name) => name.Trim() switch
    {
        "" or Identity => GrpcEncoding.Identity,
        Gzip => GrpcEncoding.Gzip,
        Deflate => GrpcEncoding.Deflate,
        _ => null,
    };

    /// <summary>The encoding that compresses and that the other side says it reads; identity when there is none.</summary>
    public static GrpcEncoding Choose(ReadOnlySpan<char> accepted)
    {
        var chosen = GrpcEncoding.Identity;
        foreach (var part in accepted.Split(','))
        {
            switch (Parse(accepted[part]))
            {
                case GrpcEncoding.Gzip:
                    return GrpcEncoding.Gzip;
                case GrpcEncoding.Deflate:
                    chosen = GrpcEncoding.Deflate;
                    break;
                default:
                    break;
            }
        }

        return chosen;
    }
}
