;;; bizalign-lint.el --- bizalign-lint by way of Eglot -*- lexical-binding: t; -*-

;; Put this file on the load path, then:
;;
;;   (require 'bizalign-lint)
;;
;; A server is started for YAML below a folder that has a .bizalign.yaml, and for no other.

(require 'eglot)
(require 'project)

(defconst bizalign-lint--modes '(yaml-mode yaml-ts-mode))

(defcustom bizalign-lint-structure t
  "Whether the server tells what a schema for the files tells as well.
Set it to nil where another server checks the files against the schema."
  :type 'boolean
  :group 'eglot)

(defcustom bizalign-lint-trusted nil
  "Folders of your own: below these, what a workspace has in .venv or venv is started.
Elsewhere it is what is on the path: any clone could bring along a program of that name.
What a file or a folder sets this to is not heeded."
  :type '(repeat directory)
  :risky t
  :group 'eglot)

(defun bizalign-lint--root (file)
  "The nearest folder upwards from FILE that has a .bizalign.yaml."
  (locate-dominating-file file ".bizalign.yaml"))

(defun bizalign-lint--trusted-p (root)
  "Whether ROOT is in a folder that the user trusts."
  (seq-some (lambda (folder) (file-in-directory-p root folder))
            (default-value 'bizalign-lint-trusted)))

(defun bizalign-lint--contact (&rest _)
  "What to start: what is on the path; in a trusted folder, the linter of its own environment."
  (let* ((root (bizalign-lint--root default-directory))
         (own (and root (bizalign-lint--trusted-p root)
                   (seq-find #'file-executable-p
                             (mapcar (lambda (environment)
                                       (expand-file-name (concat environment "/bin/bizalign-lint")
                                                         root))
                                     '(".venv" "venv"))))))
    (list (or own "bizalign-lint") "lsp"
          :initializationOptions
          `(:bizalign (:structure ,(if bizalign-lint-structure t :json-false))))))

(defun bizalign-lint--project (folder)
  "The workspace that FOLDER is in, as a project: the server is to read all of it."
  (when (memq major-mode bizalign-lint--modes)
    (let ((root (bizalign-lint--root folder)))
      (and root (cons 'transient root)))))

(defun bizalign-lint--start ()
  "Start or join the server of this file's workspace."
  (when (and buffer-file-name (bizalign-lint--root buffer-file-name))
    (add-hook 'project-find-functions #'bizalign-lint--project -50 t)
    (eglot-ensure)))

(add-to-list 'eglot-server-programs (cons bizalign-lint--modes #'bizalign-lint--contact))
(dolist (mode bizalign-lint--modes)
  (add-hook (intern (format "%s-hook" mode)) #'bizalign-lint--start))

(provide 'bizalign-lint)
;;; bizalign-lint.el ends here
