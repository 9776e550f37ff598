using Fairlead.Domain.Pipelines.Judgments;

namespace Fairlead.Web.Pages.Views;

/// <summary>What one person said.</summary>
/// <param name="Counts">Empty, or why it does not count.</param>
public sealed record JudgmentVoteRow(string By, StatusView Choice, string Comment, TimeView At, string Via, string Counts)
{
    public static JudgmentVoteRow Of(JudgmentVote vote, DateTimeOffset now) => new(
        vote.By,
        new StatusView(vote.Choice, vote.Choice == JudgmentWords.Reject ? StatusView.Bad : vote.Choice == "approve" ? StatusView.Good : StatusView.Quiet),
        vote.Comment ?? "",
        TimeView.Of(vote.At, now),
        vote.Via ?? "",
        vote.Counts ? "" : "of before");
}
