namespace Fairlead.Serving.Rest;

/// <summary>How a body is compressed.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Deflate,
}
