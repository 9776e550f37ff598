using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Takes an answer's body out of what a connection receives, piece by piece.</summary>
internal struct AnswerBody
{
    private readonly BodyFraming framing;
    private ChunkedDecoder chunks;
    private long remaining;

    private AnswerBody(BodyFraming framing, long remaining)
    {
        this.framing = framing;
        this.remaining = remaining;
    }

    /// <summary>Everything has been taken.</summary>
    public readonly bool IsDone => framing switch
    {
        BodyFraming.Chunked => chunks.IsDone,
        BodyFraming.UntilClose => false,
        _ => remaining == 0,
    };

    public readonly bool EndsWithConnection => framing == BodyFraming.UntilClose;

    public static AnswerBody Of(AnswerHead head, bool isHead)
    {
        if (isHead || head.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return new AnswerBody(BodyFraming.None, 0);
        if (head.IsChunked)
            return new AnswerBody(BodyFraming.Chunked, 0);
        return head.ContentLength is { } length ? new AnswerBody(BodyFraming.Length, length) : new AnswerBody(BodyFraming.UntilClose, 0);
    }

    /// <summary>The next piece of the body, valid until the connection is filled again; false when it takes more of the connection first.</summary>
    /// <exception cref="UpstreamException">The chunks are malformed.</exception>
    public bool TryTake(UpstreamConnection connection, out ReadOnlySpan<byte> piece)
    {
        var unread = connection.Unread;
        if (framing == BodyFraming.Chunked)
        {
            var isPiece = chunks.TryTake(unread, out piece, out var used);
            connection.Take(used);
            return isPiece;
        }

        piece = framing == BodyFraming.UntilClose || unread.Length <= remaining ? unread : unread[..(int)remaining];
        if (framing != BodyFraming.UntilClose)
            remaining -= piece.Length;
        connection.Take(piece.Length);
        return !piece.IsEmpty;
    }
}
