using Fairlead.Replay.Verification;

namespace Fairlead.Web.Pages.Views;

/// <summary>Verifications that a person should look at.</summary>
internal static class VerificationAlarms
{
    public static IEnumerable<AlarmView> Of(IReadOnlyList<VerificationReport> alarming) => alarming.Select(report => new AlarmView(
        $"Predictions of {report.Service} in {report.Environment} do not come out again as they were answered: of {report.Checked} {report.Different} differ, and the model of {report.Damaged} is damaged; 'fairlead verify show {report.Number}' tells which.",
        true));
}
