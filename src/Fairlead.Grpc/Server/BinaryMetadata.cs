namespace Fairlead.Grpc.Server;

/// <summary>Values of metadata whose name ends in <c>-bin</c>: base64, with or without padding.</summary>
internal static class BinaryMetadata
{
    /// <returns>Null when the header is absent; of several values, the first.</returns>
    /// <exception cref="GrpcException">InvalidArgument: not base64.</exception>
    public static byte[]? Decode(string name, string? text)
    {
        if (text is null)
            return null;
        var comma = text.IndexOf(',');
        var value = (comma < 0 ? text : text[..comma]).Trim().TrimEnd('=');
        try
        {
            return Convert.FromBase64String(value + new string('=', (4 - (value.Length % 4)) % 4));
        }
        catch (FormatException e)
        {
            throw new GrpcException(GrpcStatusCode.InvalidArgument, $"The metadata '{name}' is not base64, as a name that ends in '-bin' promises.", innerException: e);
        }
    }
}
