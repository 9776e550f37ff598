namespace Fairlead.Grpc.Server;

/// <summary>Which requests are gRPC's.</summary>
public static class GrpcContentType
{
    /// <summary>What answers carry.</summary>
    public const string Value = "application/grpc";

    private const string Proto = "+proto";

    /// <summary>Whether a request wants gRPC in any form: <c>application/grpc</c>, <c>application/grpc+proto</c>, <c>application/grpc+json</c>, but not grpc-web.</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(Value, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == Value.Length || contentType[Value.Length] is '+' or ';' or ' ');

    /// <summary>Whether the messages are protobuf, the one form that this server reads. Everything else is for status 415.</summary>
    public static bool IsProtobuf(string? contentType)
    {
        if (!IsGrpc(contentType))
            return false;
        var rest = contentType.AsSpan(Value.Length);
        var parameters = rest.IndexOf(';');
        var form = (parameters < 0 ? rest : rest[..parameters]).TrimEnd();
        return form.IsEmpty || form.Equals(Proto, StringComparison.OrdinalIgnoreCase);
    }
}
