"""Sign-in from a learning management system (LTI 1.3): copy to ``local.py`` in the hub's folder.


The page ``lms.md`` says where each value stands in Moodle and in Canvas.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
c.JupyterHub.template_vars = {"announcement_login": "Follow the link in your course."}
c.LTI13Authenticator.issuer = "https://lms.example.edu"
c.LTI13Authenticator.authorize_url = "https://lms.example.edu/mod/lti/auth.php"
c.LTI13Authenticator.jwks_endpoint = "https://lms.example.edu/mod/lti/certs.php"
c.LTI13Authenticator.client_id = {"the-id-that-the-lms-shows"}
c.LTI13Authenticator.uri_scheme = "https"
c.LTI13Authenticator.tool_name = "Not the Same"
c.LTI13Authenticator.tool_description = "Notebooks of the course"
# A number that means something in the LMS alone; with "email" the hub would know people by their address.
c.LTI13Authenticator.username_key = "sub"
